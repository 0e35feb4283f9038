// Gives all objects a stack that is no text, and throws while it is loaded.
// Outcome: exception
// At build: exception

// @ts-nocheck
import { definePolicy } from "virt-warden";

Object.prototype.stack = { a: 1 };
throw 1;

export default definePolicy({ name: "stack-of-all-objects-at-load", check() {} });
