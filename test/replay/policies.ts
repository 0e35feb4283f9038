import { EVENT_CALLS } from "./calls.ts";

/** Each policy watches every event. */
const EVERYTHING = JSON.stringify(EVENT_CALLS.map(({ event }) => event));

const policy = (name: string, body: string, more = "") => `import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "${name}",
  on: ${EVERYTHING},
  ${more}
  check(context) {
    ${body}
  },
});
`;

/** Allows everything, and logs what its context holds. */
export const seer = policy(
  "seer",
  `const { object, suboperation, extra, domain, network, port, xml, log } = context;
    log.info("saw", {
      object, suboperation, extra,
      guest: domain?.name, title: domain?.title, network: network?.name, owner: port?.owner.name, root: xml?.name,
    });`,
);

/** Denies everything, and does not mean it where that would end what runs. */
export const denier = policy("denier", 'context.deny("nothing passes");');

/** Denies the object `doomed` wherever it runs, and fails at everything else, which must end nothing. */
export const killerOrThrower = policy(
  "killer-or-thrower",
  `if (context.object === "doomed") context.deny("nothing may run");
    else throw new Error("lost");`,
  'whenRunning: "kill",',
);

/** Gives the object `mover` another title where it arrives. */
export const renamer = policy(
  "renamer",
  "",
  `rewrite({ object, edit }) {
    if (object === "mover") edit.setText("title", "Moved here");
  },`,
);
