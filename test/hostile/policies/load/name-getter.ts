// Has a name that loops when it is read.
// Outcome: allowed
// At build: timeout

// @ts-nocheck
export default {
  get name() {
    for (;;);
  },
  check() {},
};
