// Has no default export at all.
// Outcome: exception
// At build: no-default-export

// @ts-nocheck
export const policy = { name: "no-policy", check() {} };
