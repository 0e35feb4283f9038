// Denies with a reason that would end the text around it, were it written without care.
// Outcome: denied
// Reason: /denied by json-in-the-reason: "\}\],"dropped":0\}/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "json-in-the-reason",
  check({ deny }) {
    deny('"}],"dropped":0},"warnings":{"kept":[],"dropped":0},"logs":{"kept":[],"dropped":0},"error":null}//');
  },
});
