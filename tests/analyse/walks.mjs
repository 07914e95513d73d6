// The drawn machine in real XState against random walks of the engine: at every step both have to
// agree whether the event can happen, and where the case stands after it.
//
//   node walks.mjs machine.xstate.json walks.jsonl
import { readFileSync } from "node:fs";
import { createActor, createMachine } from "xstate";

const [, , machineFile, walksFile] = process.argv;
const machine = createMachine(JSON.parse(readFileSync(machineFile, "utf8")));
const walks = readFileSync(walksFile, "utf8").trim().split("\n").map((line) => JSON.parse(line));

let passed = 0;
let failed = 0;
let accepted = 0;
const events = new Set();
const states = new Set();
for (const [number, { steps }] of walks.entries()) {
  const actor = createActor(machine).start();
  for (const [place, step] of steps.entries()) {
    const event = { type: step.event };
    const can = actor.getSnapshot().can(event);
    if (can) actor.send(event);
    const snapshot = actor.getSnapshot();
    const stands =
      snapshot.hasTag(step.state) &&
      snapshot.hasTag(step.unit) &&
      (step.closed_as === undefined || snapshot.hasTag(`closed_as:${step.closed_as}`));
    if (can === step.accepted && stands) {
      passed += 1;
      accepted += can ? 1 : 0;
      if (can) events.add(step.event);
      states.add(step.state);
      continue;
    }
    failed += 1;
    if (failed <= 5) {
      const before = steps.slice(0, place).filter((earlier) => earlier.accepted).map((earlier) => earlier.event);
      console.log(`walk ${number}, step ${place}: ${step.event}`);
      console.log(`  engine ${step.accepted} → ${step.state} ${step.unit} ${step.closed_as ?? ""}`);
      console.log(`  machine ${can} → ${JSON.stringify([...snapshot.tags])}`);
      console.log(`  after ${before.join(" → ")}`);
    }
    break; // from here on they stand in different places
  }
  actor.stop();
}
console.log(`${walks.length} walks, ${accepted} steps that happened, ${events.size} kinds of event, ${states.size} states`);
// Walks that went nowhere would agree with anything.
if (accepted < walks.length * 5 || states.size < 8) {
  console.log("the walks did not get around");
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
