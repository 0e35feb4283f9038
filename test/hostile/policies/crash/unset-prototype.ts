// Takes Object.prototype from the prototypes of functions, arrays and texts, then denies.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "unset-prototype",
  check({ deny }) {
    Object.setPrototypeOf(Array.prototype, null);
    Object.setPrototypeOf(String.prototype, null);
    Object.setPrototypeOf(
      Object.getPrototypeOf(() => {}),
      null,
    );
    deny("without Object.prototype", { at: "name" });
  },
});
