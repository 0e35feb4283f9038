// Denies and leaves a rejected promise behind.
// Outcome: denied, exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "denies-and-rejects",
  check({ deny }) {
    deny("before the rejection");
    Promise.reject(new Error("after the denial"));
  },
});
