// Behaves while it is built, which it knows by being asked for its name, and loops where a guest is judged.
// Outcome: timeout

// @ts-nocheck
let isBuilt = false;
export default {
  get name() {
    isBuilt = true;
    return "behaves-until-it-counts";
  },
  get check() {
    while (!isBuilt);
    return () => undefined;
  },
};
