package tables

import "math/bits"

// An effect is what a row of a Permit does: four times what it opens or bars, and what it says of a duty. The numbers are
// part of the WebAssembly module's contract.
//
//	4 * 0, 1, 2   a ground of level 1, 2, 3
//	4 * 3         nothing by itself: an exception, or a limit that has exceptions
//	4 * 4 to 7    a limit of level 3, 2, 1, 0
//	+ 1, 2        sets duty 1 (moet-tenzij), duty 2 (moet)
//	+ 3           ends a duty
type effect = uint8

const (
	nothing  effect = 4 * 3
	endsDuty effect = 3
)

func ground(level int) effect { return effect(4 * (level - 1)) }
func limit(level int) effect  { return effect(4 * (7 - level)) }

// effects is a set of effects, or of the values of a Choose.
type effects uint64

const (
	grounds effects = 1<<nothing - 1
	limits  effects = 1<<32 - 1<<16
	each    effects = 0x11111111 // of each four effects the first
)

// open is the highest level that a ground among the effects opens, 0 where none does.
func (e effects) open() int { return (bits.Len32(uint32(e&grounds)) + 3) / 4 }

// bar is the lowest level to which a limit among the effects lowers, above all levels where none does.
func (e effects) bar() int { return bits.LeadingZeros32(uint32(e&limits)) / 4 }

// duty is the highest duty that the effects set, 0 where one of ending ends it.
func (e effects) duty(ending effects) uint8 {
	switch {
	case ending&(each<<endsDuty) != 0:
		return 0
	case e&(each<<2) != 0:
		return 2
	case e&(each<<1) != 0:
		return 1
	}
	return 0
}

// counted are the effects of rows that make a level, where e are those of all that apply: for mag-niet the limits that
// refuse, otherwise the highest grounds and all limits.
func (e effects) counted(level int) effects {
	if level == 0 {
		return 0xf << limit(0)
	}
	return limits | 0xf<<ground(e.open())
}
