// Takes the name of another policy, whose denials would seem its own.
// At build: refused
import { definePolicy } from "virt-warden";

export default definePolicy({ name: "a-first", check() {} });
