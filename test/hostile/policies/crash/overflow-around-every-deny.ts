// Denies on each level of an overflowing stack, so that some denials break in the middle of being kept.
// Outcome: denied or denied, exception or denied, timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "overflow-around-every-deny",
  check({ deny }) {
    const dig = (depth: number): void => {
      try {
        dig(depth + 1);
      } finally {
        try {
          if (depth % 7 === 0) deny(`on level ${depth}`, { at: `level[${depth}]` });
        } catch {}
      }
    };
    try {
      dig(0);
    } catch {}
  },
});
