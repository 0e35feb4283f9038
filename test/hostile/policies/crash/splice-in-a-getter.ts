// Changes an array's length from within a conversion of its own index.
// Outcome: allowed or exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "splice-in-a-getter",
  check() {
    const list: unknown[] = new Array(10_000).fill(1.5);
    const shrink = {
      valueOf() {
        list.length = 0;
        list.push({}, "x");
        return 0;
      },
    } as unknown as number;
    list.splice(shrink, 9000, ...new Array(20_000).fill(shrink));
    list.copyWithin(shrink, 1);
    list.fill(2.5, shrink);
    list.lastIndexOf({}, shrink);
  },
});
