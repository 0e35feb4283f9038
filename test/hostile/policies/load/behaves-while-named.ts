// Shows a check while it is asked for its name, and none where only the check is asked for.
// Outcome: exception

// @ts-nocheck
let isBuilt = false;
export default {
  get name() {
    isBuilt = true;
    return "behaves-while-named";
  },
  get check() {
    return isBuilt ? () => undefined : undefined;
  },
};
