"""Asks a decision of Handvat Gegevensdeling, with the module and its manifest as two files.

    pip install wasmtime
    python3 voorbeeld.py beslissen.wasm beslissen.json BESLISSING [feit=waarde ...]
"""

import hashlib
import json
import sys

from wasmtime import Engine, Instance, Module, Store

# The versions this program knows: of the contract (CONTRACT.md) and of the manifest (beslissen.schema.json).
ABI = 3
MANIFEST = 1

# What the codes of the contract mean.
WORDS = {1: "deze beslissing is er niet", 2: "het aantal antwoorden klopt niet", 3: "dat antwoord is er niet"}


class Refused(Exception):
    """The module refused: code is 1, 2 or 3 of the contract, and with 3 position is that of the answer."""

    def __init__(self, returned, decision):
        self.code, self.position = returned & 255, returned >> 8
        where = f" bij {decision['questions'][self.position]}" if self.code == 3 else ""
        super().__init__(f"geweigerd met code {self.code}: {WORDS[self.code]}{where}")


class Decisions:
    def __init__(self, module, manifest):
        engine = Engine()
        self.store = Store(engine)
        self.module = Instance(self.store, Module(engine, module), []).exports(self.store)
        abi = self.number("abi")
        if abi != ABI:
            raise ValueError(f"dit programma kent versie {ABI} van het contract, en niet {abi}")
        self.manifest = json.loads(manifest)
        if self.manifest["manifest"] != MANIFEST:
            raise ValueError(f"dit programma kent versie {MANIFEST} van het manifest, en niet {self.manifest['manifest']}")
        if self.manifest["module"] != hashlib.sha256(module).hexdigest():
            raise ValueError("het manifest hoort bij een andere module")
        if "conditions" not in self.manifest:
            raise ValueError("in dit manifest staan alleen de vragen; neem het hele")
        self.decisions = {d["id"]: d for d in self.manifest["decisions"]}
        self.facts = {f["id"]: f for f in self.manifest["facts"]}
        self.conditions = {c["id"]: c for c in self.manifest["conditions"]}

    def number(self, name):
        return self.module[name].value(self.store)

    def answer(self, index, answers):
        """Asks the module: a byte per question, 0 where it is open. Gives what each stage of the decision found."""
        memory, at = self.module["memory"], self.number("output")
        if len(answers) <= at - self.number("input"):
            memory.write(self.store, answers, self.number("input"))
        refused = self.module["answer"](self.store, index, len(answers))
        if refused:
            known = self.manifest["decisions"]
            raise Refused(refused, known[index] if 0 <= index < len(known) else None)

        def take(size):
            nonlocal at
            at += size
            return int.from_bytes(memory.read(self.store, at - size, at), "little")

        def has(number, bit):
            return number >> bit & 1 == 1

        take(8)  # the number of stages, which the manifest tells too
        found = []
        for number in self.manifest["decisions"][index]["stages"]:
            stage = self.manifest["stages"][number]
            values, duty, rows, _ = take(8), (take(1), take(1)), take(2), take(4)
            certain, possible, counting = (take((rows + 63) // 64 * 8) for _ in range(3))
            found.append({
                **stage,
                "values": [v for i, v in enumerate(stage["values"]) if has(values, i)],
                "duty": duty,
                "counting": {rule for i, rule in enumerate(stage.get("rules", [])) if has(counting, i)},
                "open": certain != possible,
            })
        return found

    def ask(self, name, given):
        """Asks a decision by its id, with the answers {feit: waarde}."""
        known = self.manifest["decisions"]
        index = list(self.decisions).index(name) if name in self.decisions else len(known)
        questions = known[index]["questions"] if index < len(known) else []
        for fact in given:
            if index < len(known) and fact not in questions:
                raise ValueError(f"{fact} is geen vraag van {name}")
        stages = self.answer(index, bytes(self.byte(self.facts[q], given) for q in questions))

        # What counts in this decision, and in those that come along with a rule that counts. Dicts keep the order.
        reasons, needed, incomplete = {}, {}, False

        def add(decision, take_conditions):
            nonlocal incomplete
            found = next(s for s in stages if s.get("decision") == decision["id"])
            counting = [r for r in decision["rules"] if r["id"] in found["counting"]]
            closed = decision["kind"] == "mag" and found["values"][-1] == "mag-niet"
            take_conditions = take_conditions and not closed
            sayers = [o for o in decision["outcomes"] if o["id"] in found["values"]] + counting
            # Grounds are each other's alternatives; the conditions of all of them are rather too many than too few.
            needed.update({c: self.conditions[c] for s in sayers if take_conditions for c in s.get("conditions", [])})
            reasons.update({(decision["id"], r["id"]): r for r in counting})
            if closed and not counting:
                reasons[decision["id"], ""] = decision["noGround"]
            incomplete = incomplete or found["open"]
            for fact in sorted({f for r in counting for f in r.get("through", [])}):
                gate = next((s for s in stages if s.get("fact") == fact), None)
                if gate is None or gate["values"] != ["nvt"]:  # elsewhere it was not consulted
                    add(self.decisions[self.facts[fact]["decision"]], take_conditions)

        decision = known[index]
        add(decision, True)
        outcomes = [o for o in decision["outcomes"] if o["id"] in stages[-1]["values"]]
        low, high = stages[-1]["duty"]
        return {
            "decision": decision,
            "outcomes": outcomes,
            # While more than one is possible: what the authors advise, or the strictest.
            "advice": next((o for o in outcomes if o["id"] == decision.get("inDoubt")), outcomes[0]),
            "duty": ("", "moet-tenzij", "moet")[low] if low == high else "",
            "reasons": list(reasons.values()),
            "conditions": list(needed.values()),
            "open": incomplete,
        }

    def byte(self, fact, given):
        """The byte that answers a question."""
        dated = fact["kind"] == "datum"
        value = given.get(fact["id"], self.manifest["date"] if dated else None)
        if value is None:
            return 0
        for i, v in enumerate(fact["values"]):
            if v["id"] == value or dated and v.get("from", "") <= value < v.get("until", "9999"):
                return i + 1
        return 255  # there is no 255th value, so the module refuses it


def describe(answer):
    """Writes an answer for people."""
    def sources(said):
        return "; ".join(said.get("norms", []) + [f"{p['source']} {p['place']}" for p in said.get("sources", [])])

    lines = [answer["decision"]["title"], ""]
    if len(answer["outcomes"]) > 1:
        lines += ["Nog niet zeker. Mogelijk: " + "; ".join(o["title"] for o in answer["outcomes"]),
                  "Ga voorlopig uit van: " + answer["advice"]["title"]]
        return "\n".join(lines)
    lines += [answer["advice"]["title"], answer["advice"]["text"]]
    if answer["duty"]:
        lines.append("Plicht: " + answer["duty"])
    if answer["open"]:
        lines.append("Nog niet alles is beantwoord: er kan nog iets bij komen.")
    reasons = answer["reasons"]
    for title, items in {
        "Waarom": [f"{r['why']} ({sources(r)})" for r in reasons if "why" in r],
        "Voorwaarden": [c["text"] for c in answer["conditions"]],
        "Wie beslist": [r["by"] for r in reasons if "by" in r],
        "Wat wel kan": [r["alternative"] for r in reasons if "alternative" in r],
        "Moet een jurist nog bevestigen": [r["doubt"] for r in reasons if "doubt" in r],
    }.items():
        if items:
            lines += ["", title + ":"] + ["- " + i for i in dict.fromkeys(items)]
    return "\n".join(lines)


def read(path):
    with open(path, "rb") as file:
        return file.read()


if __name__ == "__main__":
    module, manifest, name, *given = sys.argv[1:]
    try:
        decisions = Decisions(read(module), read(manifest))
        print(describe(decisions.ask(name, dict(g.split("=", 1) for g in given))))
    except (Refused, ValueError) as error:
        sys.exit(str(error))
