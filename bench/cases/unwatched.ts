import type { Lab } from "../lab.ts";
import { atMost, type Case, compare } from "./comparison.ts";

const SHELL = "sh -c :";

/** An event that no policy watches: libvirt calls its hooks at each of a guest's steps, and most end here. */
export const unwatched: Case = {
  id: "unwatched",
  seconds: [10, 4],
  async run(lab: Lab) {
    const { script } = await lab.site(1);
    const events = ["started", "start"].map((operation) => ({
      name: `qemu/${operation}`,
      words: [script, "web1", operation, "begin", "-"],
    }));
    const effort = lab.effort({ rounds: 20, runs: 25 }, { rounds: 10, runs: 10 });
    const subjects = await compare([...events, { name: SHELL, words: ["sh", "-c", ":"] }], effort, lab);
    return {
      title: "an event that no policy watches",
      notes: [
        "qemu/start asks for admission, so that the script first makes sure that nobody else than root wrote the list of events.",
        ...(process.getuid?.() === 0 ? [] : ["Not as root, this script believes no list of events at qemu/start."]),
      ],
      subjects: [...subjects.values()],
      goals: events.map(({ name }) => atMost(subjects, name, 2, SHELL)),
    };
  },
};
