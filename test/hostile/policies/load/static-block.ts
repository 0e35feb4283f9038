// Loops in a class's static block, which runs when the class is defined.
// Outcome: timeout
// At build: timeout
import { definePolicy } from "virt-warden";

class Looping {
  static readonly on = "qemu/prepare";
  static {
    let turns = 0;
    while (Looping.on.length > 0) turns += 1;
  }
}

export default definePolicy({ name: "static-block", on: [Looping.on], check() {} });
