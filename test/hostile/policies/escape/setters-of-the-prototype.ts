// Waits with setters on Object.prototype for whatever the engine writes to an object.
// Outcome: denied
// Never: /caught/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "setters-of-the-prototype",
  check({ deny }) {
    const caught: string[] = [];
    for (const name of [
      "level",
      "reason",
      "at",
      "kept",
      "dropped",
      "kind",
      "message",
      "stack",
      "error",
      "fields",
      "0",
      "1",
    ]) {
      Object.defineProperty(Object.prototype, name, {
        set(value) {
          caught.push(`caught ${name}: ${typeof value}`);
        },
        get: () => undefined,
        configurable: true,
      });
    }
    deny("with setters all around", { at: "name" });
    for (const each of caught) deny(each);
  },
});
