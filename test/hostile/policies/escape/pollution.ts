// Leaves behind what would change every other policy, were anything shared: prototypes, globals, JSON, symbols.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "pollution",
  check({ domain }) {
    const world = globalThis as unknown as Record<string, unknown>;
    world.leftBehind = domain;
    (Object.prototype as unknown as Record<string, unknown>).leftBehind = true;
    Array.prototype.push = () => 0;
    String.prototype.toUpperCase = () => "left";
    JSON.stringify = () => "{}";
    JSON.parse = () => ({});
    world[Symbol.for("left") as unknown as string] = 1;
    /(left)/.test("left");
    Object.freeze(Object.prototype);
  },
});
