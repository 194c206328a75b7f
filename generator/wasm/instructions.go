package wasm

import "slices"

// code is a sequence of instructions. The functions below write them in the order of the stack, so that the evaluator
// reads as expressions and statements.
//
// The numbers are those of https://www.w3.org/TR/wasm-core-1/#a7-index-of-instructions.
type code []byte

func sequence(parts ...code) code { return slices.Concat(parts...) }

func instruction(op byte, immediates ...[]byte) code {
	return append(code{op}, slices.Concat(immediates...)...)
}

// Statements. A branch depth counts the blocks around it, from the innermost.

var end = code{0x0b}

func giveBack(x code) code { return sequence(x, code{0x0f}) }
func drop(x code) code     { return sequence(x, code{0x1a}) }

// when does something if a condition is not 0.
func when(condition code, then ...code) code {
	return sequence(condition, code{0x04, noValue}, sequence(then...), end)
}

// whether does one thing if a condition is not 0, otherwise another.
func whether(condition, then, otherwise code) code {
	return sequence(condition, code{0x04, noValue}, then, code{0x05}, otherwise, end)
}

// while does something as long as a condition is not 0.
func while(condition code, body ...code) code {
	return sequence(
		code{0x02, noValue, 0x03, noValue},
		isZero(condition), code{0x0d, 1},
		sequence(body...), code{0x0c, 0},
		end, end)
}

// repeat does something until its last part, a condition, is 0.
func repeat(body ...code) code {
	return sequence(code{0x03, noValue}, sequence(body...), code{0x0d, 0}, end)
}

// noValue is the type of a block that leaves nothing on the stack.
const noValue = 0x40

func set(local int, x code) code        { return sequence(x, instruction(0x21, unsigned(local))) }
func setGlobal(global int, x code) code { return sequence(x, instruction(0x24, unsigned(global))) }

func store32(address code, offset int, x code) code { return store(0x36, address, offset, x) }
func store64(address code, offset int, x code) code { return store(0x37, address, offset, x) }

func store(op byte, address code, offset int, x code) code {
	return sequence(address, x, instruction(op, anyAlignment, unsigned(offset)))
}

// anyAlignment promises nothing of an address. Sets in the tables stand at odd ones; a promise would only be a hint.
var anyAlignment = []byte{0}

// Expressions.

func call(function int, arguments ...code) code {
	return sequence(sequence(arguments...), instruction(0x10, unsigned(function)))
}

// either is x if the condition is not 0, otherwise y; all three are worked out.
func either(x, y, condition code) code { return sequence(x, y, condition, code{0x1b}) }

func get(local int) code         { return instruction(0x20, unsigned(local)) }
func tee(local int, x code) code { return sequence(x, instruction(0x22, unsigned(local))) }
func getGlobal(global int) code  { return instruction(0x23, unsigned(global)) }

func i32(v int) code   { return instruction(0x41, signed(int64(v))) }
func i64(v int64) code { return instruction(0x42, signed(v)) }

func load8(address code, offset int) code  { return load(0x2d, address, offset) }
func load16(address code, offset int) code { return load(0x2f, address, offset) }
func load32(address code, offset int) code { return load(0x28, address, offset) }
func load64(address code, offset int) code { return load(0x29, address, offset) }

func load(op byte, address code, offset int) code {
	return sequence(address, instruction(op, anyAlignment, unsigned(offset)))
}

func isZero(x code) code      { return sequence(x, code{0x45}) }
func leading(x code) code     { return sequence(x, code{0x67}) }    // zeros above the highest bit
func less(x, y code) code     { return sequence(x, y, code{0x49}) } // unsigned
func unequal(x, y code) code  { return sequence(x, y, code{0x47}) }
func add(x, y code) code      { return sequence(x, y, code{0x6a}) }
func subtract(x, y code) code { return sequence(x, y, code{0x6b}) }
func multiply(x, y code) code { return sequence(x, y, code{0x6c}) }
func and(x, y code) code      { return sequence(x, y, code{0x71}) }
func or(x, y code) code       { return sequence(x, y, code{0x72}) }
func left(x, y code) code     { return sequence(x, y, code{0x74}) }
func right(x, y code) code    { return sequence(x, y, code{0x76}) } // unsigned

func isZero64(x code) code      { return sequence(x, code{0x50}) }
func trailing64(x code) code    { return sequence(x, code{0x7a}) } // zeros below the lowest bit
func ones64(x code) code        { return sequence(x, code{0x7b}) } // how many bits are set
func add64(x, y code) code      { return sequence(x, y, code{0x7c}) }
func subtract64(x, y code) code { return sequence(x, y, code{0x7d}) }
func and64(x, y code) code      { return sequence(x, y, code{0x83}) }
func or64(x, y code) code       { return sequence(x, y, code{0x84}) }
func left64(x, y code) code     { return sequence(x, y, code{0x86}) }
func right64(x, y code) code    { return sequence(x, y, code{0x88}) } // unsigned

func narrow(x code) code { return sequence(x, code{0xa7}) } // the lower half of an i64
func widen(x code) code  { return sequence(x, code{0xad}) } // an i32 as an i64
