import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./guest-names.ts";

const named = (name: string): string => guest("", { name });

testEach(
  "a host's name is allowed",
  { short: "a", number: "7", usual: "web1", parts: "ci-runner-04", longest: "x".repeat(63) },
  (name) => judge(policy, named(name)).allowed(),
);

testEach(
  "another name is denied",
  {
    "an option": "--help",
    "a path": "web/1",
    "parent folder": "..",
    capitals: "Web1",
    "a space": "web 1",
    "a look-alike": "wеb1",
    "a hyphen at its end": "web1-",
    "too long": "x".repeat(64),
  },
  (name) =>
    judge(policy, named(name)).denied({ reason: /^the name .* is not allowed; it must match \[a-z0-9\]/, at: "name" }),
);

const SETTINGS = { name: "(?:dev|prod)-[a-z]+\\d{2}", title: "[A-Z].+" } as const;

test("settings give the pattern of all of a name, and of a title", () => {
  const titled = (name: string, title: string) => guest(`<title>${title}</title>`, { name });
  judge(policy, titled("prod-web04", "Shop"), { settings: SETTINGS }).allowed();
  judge(policy, titled("xprod-web04", "the shop"), { settings: SETTINGS }).denied(
    { reason: "the name xprod-web04 is not allowed; it must match (?:dev|prod)-[a-z]+\\d{2}", at: "name" },
    { reason: "the title the shop is not allowed; it must match [A-Z].+", at: "title" },
  );
  judge(policy, named("dev-web04"), { settings: SETTINGS }).denied({
    reason: "the guest has no title; write one that matches [A-Z].+",
    at: "title",
  });
});

test("an alternative of a pattern is for the whole name as well", () => {
  judge(policy, named("prod-x"), { settings: { name: "dev|prod" } }).denied("the name prod-x is not allowed");
});

test("guests are judged at each hook that starts one", () => {
  const events = [
    "qemu/prepare",
    "qemu/migrate",
    "qemu/restore",
    "lxc/prepare",
    "libxl/prepare",
    "libxl/migrate",
  ] as const;
  for (const event of events) judge(policy, named("Web1"), { event }).denied("the name Web1 is not allowed");
});

testEach("it is refused as a pattern", { "half a group": "(web", "a lone star": "*" }, (name) => {
  settingsRefused(policy, { name }, "settings.name: must be a regular expression");
});
