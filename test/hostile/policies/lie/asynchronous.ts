// Is asynchronous, and denies after a while.
// Outcome: denied, invalid

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "asynchronous",
  async check({ deny }) {
    await null;
    deny("after a while");
  },
});
