// Changes the reason and its place after denying.
// Outcome: denied
// Reason: /denied by reason-that-changes: as it was \(at name\)/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "reason-that-changes",
  check({ deny }) {
    let text = "as it was";
    const reason = { toString: () => text };
    const place = { at: "name" };
    deny(reason as unknown as string, place);
    text = "as it is now";
    place.at = "elsewhere";
    reason.toString = () => "as it is now";
  },
});
