// Has a check that loops when it is read.
// Outcome: timeout
// At build: timeout

// @ts-nocheck
export default {
  name: "check-getter",
  get check() {
    for (;;);
  },
};
