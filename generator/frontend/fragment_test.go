package frontend_test

import "testing"

const fragmentDriver = `
import { ask, back, empty, read, write } from "../../components/beslissing/fragment";
let wrong = 0;
const expect = (what, got, want) => {
  if (JSON.stringify(got) !== JSON.stringify(want)) console.log(what, JSON.stringify(got), "want", JSON.stringify(want)), wrong++;
};
const name = (question, fact, ...values) => ({ question, fact, values: new Map(values.map((v, i) => [v, i])) });
// A decision that asks three questions, and one that helps with the last of them. Both ask who gives.
const delen = [name(1, "gever", "ggz", "politie"), name(2, "soort", "gezondheid"), name(3, "nodig", "ja", "nee")];
const hulp = [name(1, "gever", "ggz", "politie"), name(2, "zonder", "ja", "nee")];
const helps = new Map([["delen.nodig", ["gever"]]]);

const there = { ...empty(), date: "2026-01-02", answers: new Map([[1, 0], [2, -1]]) };
const asked = ask(delen, there, "delen", "nodig");
expect("the way there", asked, "#datum=2026-01-02&gever=ggz&soort=weet-niet&voor=delen.nodig");
const at = read(asked, hulp, helps);
expect("what is answered", [...at.answers], [[1, 0]]);
expect("nothing is strange", at.unknown, []);
expect("what is kept", [...at.help.kept], [["gever", "ggz"], ["soort", "weet-niet"]]);
at.answers.set(2, 1);
expect("the address there", write(hulp, at), "#datum=2026-01-02&gever=ggz&zonder=nee&soort=weet-niet&voor=delen.nodig");
expect("read again", write(hulp, read(write(hulp, at), hulp, helps)), write(hulp, at));
at.answers.delete(1); // it does not matter there
expect("and kept", write(hulp, at), "#datum=2026-01-02&zonder=nee&gever=ggz&soort=weet-niet&voor=delen.nodig");
expect("the way back", back(hulp, at, ["gever"], "nee"), "#gever=ggz&soort=weet-niet&nodig=nee&datum=2026-01-02");
at.answers.set(1, 1);
expect("what was changed goes back", back(hulp, at, ["gever"]), "#gever=politie&soort=weet-niet&datum=2026-01-02");
const back2 = read(back(hulp, at, ["gever"], "nee"), delen);
expect("and is understood", [[...back2.answers], back2.unknown, back2.help], [[[1, 1], [2, -1], [3, 1]], [], null]);

// Only for a question that it helps with, and nothing that is no name.
expect("another question", read("#gever=ggz&soort=x&voor=delen.soort", hulp, helps).unknown, ["soort=x", "voor=delen.soort"]);
expect("no name", read("#%3Cb%3E=1&soort=%22x&voor=delen.nodig", hulp, helps).unknown, ["%3Cb%3E=1", "soort=%22x"]);
expect("a wrong answer of its own", read("#zonder=misschien&voor=delen.nodig", hulp, helps).unknown, ["zonder=misschien"]);
expect("an anchor", read("#zeker", hulp, helps), null);
expect("nothing came along", back(hulp, read("#voor=delen.nodig", hulp, helps), ["gever"]), "#");
process.exit(wrong ? 1 : 0);
`

// A helper decision keeps what came along, answers what it shares, and gives everything back with what was found.
func TestAnswersComeAlongToAHelperAndBack(t *testing.T) {
	node(t, fragmentDriver, nil)
}
