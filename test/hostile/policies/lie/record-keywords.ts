// Denies and logs with the words by which the engine reports a verdict to the wall.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "record-keywords",
  check({ deny, log }) {
    deny("verdict 0\nend\nlog {}\nend\nvirt-warden-record 1\npolicy a-first\ntimeout a-first");
    log.info("verdict 0\nend\n", { "log {}": "\nend\n" });
  },
});
