// Opens diagrams as bpmn-js does, saves them and opens them again: `node open_and_save.mjs OUT
// OUR_DESCRIPTOR DIAGRAM...` writes what was saved to OUT/0.bpmn, OUT/1.bpmn, ... and prints what
// is wrong with each diagram, a JSON list for each.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { BpmnModdle } from 'bpmn-moddle';

const [out, ours, ...diagrams] = process.argv.slice(2);
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const zeebe = json('node_modules/zeebe-bpmn-moddle/resources/zeebe.json');
const moddle = new BpmnModdle({ zeebe, dingbian: json(ours) });

// Everything below an element, itself among it.
function* parts(element) {
  yield element;
  for (const property of element.$descriptor.properties ?? []) {
    if (property.isReference || property.isVirtual) continue;
    for (const value of [element.get(property.name)].flat()) {
      if (value?.$type) yield* parts(value);
    }
  }
}

// Attributes beyond the descriptors; which namespaces and types a file spells out is of no account.
function others(element) {
  const spelled = (name) => name.startsWith('xmlns') || name === 'xsi:type';
  return Object.entries(element.$attrs ?? {}).filter(([name]) => !spelled(name));
}

// What an element says, with the ids of what it refers to.
function told(element) {
  const said = { type: element.$type, others: others(element) };
  for (const property of element.$descriptor.properties ?? []) {
    if (property.isVirtual) continue;
    const values = [element.get(property.name)].flat().filter((each) => each !== undefined);
    said[property.name] = values.map((each) => {
      if (!each?.$type) return each;
      return property.isReference ? { refers: each.id } : told(each);
    });
  }
  return said;
}

function unknown(root) {
  const found = [];
  for (const part of parts(root)) {
    if (part.$descriptor.isGeneric) found.push(`unknown element ${part.$type}`);
    found.push(...others(part).map(([name]) => `unknown attribute ${name} of ${part.$type}`));
  }
  return found;
}

// What an editor must draw, and what it draws.
function undrawn(root) {
  const all = [...parts(root)];
  const drawn = new Set();
  for (const part of all) {
    if (part.$instanceOf('bpmndi:BPMNShape') && part.bounds) drawn.add(part.bpmnElement);
    if (part.$instanceOf('bpmndi:BPMNEdge') && part.waypoint?.length > 1) drawn.add(part.bpmnElement);
  }
  const kinds = ['FlowNode', 'SequenceFlow', 'MessageFlow', 'Participant', 'Lane'];
  return all
    .filter((part) => kinds.some((kind) => part.$instanceOf(`bpmn:${kind}`)) && !drawn.has(part))
    .map((part) => `${part.$type} ${part.id} is not drawn`);
}

async function wrong(path, saved) {
  const first = await moddle.fromXML(readFileSync(path, 'utf8'));
  const found = first.warnings.map((warning) => warning.message);
  found.push(...unknown(first.rootElement), ...undrawn(first.rootElement));
  const { xml } = await moddle.toXML(first.rootElement, { format: true });
  writeFileSync(saved, xml);
  const second = await moddle.fromXML(xml);
  found.push(...second.warnings.map((warning) => `once saved: ${warning.message}`));
  if (!isDeepStrictEqual(told(second.rootElement), told(first.rootElement))) {
    found.push('what was saved says something else');
  }
  const again = await moddle.toXML(second.rootElement, { format: true });
  if (again.xml !== xml) found.push('saved once more it differs');
  return found;
}

for (const [number, path] of diagrams.entries()) {
  console.log(JSON.stringify(await wrong(path, join(out, `${number}.bpmn`))));
}
