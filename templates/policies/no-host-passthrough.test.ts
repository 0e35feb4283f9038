import { guest, judge, test } from "virt-warden/test";
import web1 from "../samples/web1.xml";
import policy from "./no-host-passthrough.ts";

// Tests run by `virt-warden test`: in the sandbox that policies run in, by the engine that decides for libvirt.
test("a guest with a named CPU model is allowed", () => judge(policy, web1).allowed());

test("a guest without a CPU element is allowed", () => judge(policy, guest()).allowed());

test("host-passthrough is denied, with its place", () =>
  judge(policy, guest("<cpu mode='host-passthrough'/>")).denied({ reason: "use host-model", at: "cpu/@mode" }));
