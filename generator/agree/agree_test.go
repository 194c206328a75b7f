package agree_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"handvat/generator/agree"
	"handvat/generator/eval"
	"handvat/generator/host"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables"
	"handvat/generator/wasm"
)

// TestEvaluatorsAgree holds, for every decision of the project, the diagram, the walks, the rule tables and the
// WebAssembly module against the reference evaluator. With -v it tells how many situations were compared.
func TestEvaluatorsAgree(t *testing.T) { compare(t, projecttest.Own(t)) }

// TestEvaluatorsAgreeOnLocks does the same for a decision with nine locks, six of which are decisions of their own.
func TestEvaluatorsAgreeOnLocks(t *testing.T) {
	compare(t, projecttest.Archive(t, "../testdata/sloten.txtar"))
}

func compare(t *testing.T, p *projecttest.Project) {
	m := p.Model
	program := tables.Compile(m, m.Decisions)
	code := wasm.Emit(program, nil)
	var total atomic.Int64
	t.Run("decisions", func(t *testing.T) {
		for i, p := range p.Proofs {
			t.Run(p.Decision.ID, func(t *testing.T) {
				t.Parallel()
				ctx := context.Background()
				module, err := host.Load(ctx, code)
				if err != nil {
					t.Fatal(err)
				}
				defer module.Close(ctx)
				evaluators := []agree.Evaluator{
					{Name: "the tables", Answer: func(answers []uint8) (tables.Result, error) { return program.Answer(i, answers) }},
					{Name: "the module", Answer: func(answers []uint8) (tables.Result, error) { return module.Answer(i, answers) }},
				}
				count, err := agree.Decision(m, p, eval.Answer, program, i, evaluators, agree.Limits{All: 500_000, Edges: 1_000_000, Random: 50_000})
				if err != nil {
					t.Error(err)
				}
				how := "one through every branch of the diagram, and random ones"
				if count.Exhaustive {
					how = "all there are"
				}
				t.Logf("%d situations compared (%s) of %s, 5 evaluators and the reference", count.Compared, how, p.Situations)
				total.Add(count.Compared)
			})
		}
	})
	if total.Load() == 0 {
		t.Error("nothing was compared")
	}
	t.Logf("agreement: %d decisions, %d situations, no difference", len(p.Proofs), total.Load())
}

// TestDisagreementIsSeen breaks a table and expects the comparison to notice.
func TestDisagreementIsSeen(t *testing.T) {
	own := projecttest.Own(t)
	m, proofs := own.Model, own.Proofs
	for _, p := range proofs {
		program := tables.Compile(m, []*model.Decision{p.Decision})
		stages := program.Decisions[0].Stages
		stage := &program.Stages[stages[len(stages)-1]]
		for c := range stage.Columns {
			for v := range stage.Columns[c].Bits {
				for w := range stage.Columns[c].Bits[v] {
					stage.Columns[c].Bits[v][w] ^= 1 << (v % stage.Rows % 64)
				}
			}
		}
		broken := agree.Evaluator{Name: "the broken tables", Answer: func(answers []uint8) (tables.Result, error) { return program.Answer(0, answers) }}
		_, err := agree.Decision(m, p, eval.Answer, program, 0, []agree.Evaluator{broken}, agree.Limits{All: 10_000, Edges: 10_000, Random: 10_000})
		if err == nil || !strings.Contains(err.Error(), "the broken tables") {
			t.Errorf("%s: tables with flipped bits were found to agree: %v", p.Decision.ID, err)
		}
	}
}
