import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./migration-windows.ts";

const event = "qemu/migrate";

/** On weekdays by night, the last of which ends on Saturday morning; all of Sunday. 2026-01-05 is a Monday. */
const NIGHTS = {
  windows: [
    { days: ["mon", "tue", "wed", "thu", "fri"], from: "22:00", to: "06:00" },
    { days: ["sun"], from: "00:00", to: "00:00" },
  ],
} as const;

/** The same, as lists that may be written to. */
const settings = { windows: NIGHTS.windows.map((window) => ({ ...window, days: [...window.days] })) };

testEach(
  "a guest may arrive",
  {
    "when a window begins": "2026-01-05T22:00:00Z",
    "past midnight": "2026-01-06T00:00:00Z",
    "in its last minute": "2026-01-06T05:59:59Z",
    "on a day that is not named, while the night before goes on": "2026-01-10T03:00:00Z",
    "all of a day": "2026-01-11T13:30:00Z",
    "when that day begins": "2026-01-11T00:00:00Z",
    "in its last second": "2026-01-11T23:59:59Z",
  },
  (now) => judge(policy, guest(), { event, now, settings }).allowed(),
);

testEach(
  "a guest may not arrive",
  {
    "before the first window": ["2026-01-05T03:00:00Z", "mon 03:00"],
    "when a window is over": ["2026-01-06T06:00:00Z", "tue 06:00"],
    "just before one": ["2026-01-06T21:59:59Z", "tue 21:59"],
    "in the night of a day that is not named": ["2026-01-10T23:00:00Z", "sat 23:00"],
    "after that of Sunday": ["2026-01-12T00:00:00Z", "mon 00:00"],
  } as const,
  ([now, clock]) =>
    judge(policy, guest(), { event, now, settings }).denied(
      `no guest may arrive at ${clock} (UTC+00:00); the windows are mon,tue,wed,thu,fri 22:00-06:00, sun 00:00-00:00`,
    ),
);

test("a window from Saturday's evening goes on into Sunday, and one without days is daily", () => {
  const weekend = { windows: [{ days: ["sat" as const], from: "20:00", to: "04:00" }] };
  judge(policy, guest(), { event, now: "2026-01-11T03:59:00Z", settings: weekend }).allowed();
  const daily = { windows: [{ from: "12:00", to: "13:00" }] };
  judge(policy, guest(), { event, now: "2026-01-10T12:30:00Z", settings: daily }).allowed();
  judge(policy, guest(), { event, now: "2026-01-10T13:00:00Z", settings: daily }).denied(
    "no guest may arrive at sat 13:00 (UTC+00:00); the windows are daily 12:00-13:00",
  );
});

test("the windows' times have an offset from UTC, which may lead to another day", () => {
  const monday = [{ days: ["mon" as const], from: "00:00", to: "01:00" }];
  judge(policy, guest(), {
    event,
    now: "2026-01-04T18:45:00Z",
    settings: { windows: monday, offset: "+05:30" },
  }).allowed();
  judge(policy, guest(), {
    event,
    now: "2026-01-05T08:00:00Z",
    settings: { windows: monday, offset: "-08:00" },
  }).allowed();
  judge(policy, guest(), {
    event,
    now: "2026-01-05T00:30:00Z",
    settings: { windows: monday, offset: "-08:00" },
  }).denied("no guest may arrive at sun 16:30 (UTC-08:00); the windows are mon 00:00-01:00");
});

test("without windows no guest may arrive, also one of Xen", () => {
  const now = "2026-01-05T22:00:00Z";
  for (const event of ["qemu/migrate", "libxl/migrate"] as const) {
    judge(policy, guest(), { event, now }).denied("no guest may arrive at mon 22:00 (UTC+00:00); the windows are none");
  }
});

testEach(
  "settings are refused",
  {
    "a time past midnight": [
      { windows: [{ from: "24:00", to: "01:00" }] },
      "settings.windows[0].from: must be a time such as 22:30, in quotes",
    ],
    "an hour of one digit": [
      { windows: [{ from: "22:00", to: "6:00" }] },
      "settings.windows[0].to: must be a time such as 22:30, in quotes",
    ],
    "no days": [
      { windows: [{ days: [], from: "22:00", to: "06:00" }] },
      "settings.windows[0].days: Invalid length: Expected >=1 but received 0",
    ],
    "an offset without a sign": [{ offset: "01:00" }, "settings.offset: must be an offset such as +01:00, in quotes"],
  },
  ([settings, message]) => settingsRefused(policy, settings, message),
);
