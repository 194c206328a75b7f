package diagram_test

import (
	"errors"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/tables/tablestest"
)

// TestEntangledDecisionIsGivenUp holds that a decision in which exceptions and limits rest on everything is given up, with
// what drives its size, as soon as the limit is reached; and that it is proved where its rules are few.
func TestEntangledDecisionIsGivenUp(t *testing.T) {
	for _, c := range []struct {
		rules, limit int
		proved       bool
	}{{12, 50_000, true}, {20, 100_000, true}, {20, 10_000, false}, {120, 50_000, false}, {1920, 5_000, false}} {
		m := tablestest.Synthetic(c.rules, 24)
		d := m.Decisions[0]
		g, err := diagram.BuildUpTo(m, d, c.limit)
		if c.proved {
			if err != nil || g.Situations().Sign() <= 0 {
				t.Errorf("%d rules up to %d nodes: %v", c.rules, c.limit, err)
			}
			continue
		}
		var large diagram.TooLarge
		if !errors.As(err, &large) || !errors.Is(err, diagram.ErrTooLarge) {
			t.Errorf("%d rules up to %d nodes: %v", c.rules, c.limit, err)
			continue
		}
		if large.Decision != d || large.Limit != c.limit || len(large.Facts) != 3 || large.Rule == nil {
			t.Errorf("%d rules up to %d nodes: %+v", c.rules, c.limit, large)
		}
	}
}

// BenchmarkEntangled measures what it takes to prove an entangled decision over 24 facts, or to give up on it.
func BenchmarkEntangled(b *testing.B) {
	for _, c := range []struct {
		name  string
		rules int
	}{{"20-rules", 20}, {"30-rules", 30}, {"120-rules", 120}, {"480-rules", 480}, {"1920-rules", 1920}} {
		m := tablestest.Synthetic(c.rules, 24)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			nodes := 0
			for b.Loop() {
				if g, err := diagram.Build(m, m.Decisions[0]); err == nil {
					nodes = len(g.Nodes)
				}
			}
			b.ReportMetric(float64(nodes), "nodes") // 0: given up
		})
	}
}
