package wasm

// The functions of a module, by index. They do what answer.go of package tables does, on the tables in memory. Rows are
// the address of a set of rows in the output, sets that of sets in the tables; a set of the tables is read as whole words
// too, and its bits beyond the last row are nothing because every set of rows has zeros there.
const (
	functionHit    = iota // (sets, rows): whether the first of the sets has a row of rows
	functionTop           // (sets, count, rows): the highest index of a set that has a row of rows; set 0 is not looked at
	functionLevel         // (open, bar): the outcome where grounds and exceptions in open apply, and limits in bar
	functionCount         // (sets): adds the certain rows of the first of the sets to those counting
	functionStage         // (stage, output): runs it, and gives the address behind its output
	functionAnswer        // (decision, length)
)

func evaluator(l layout) []function {
	return []function{
		functionHit:    hit(),
		functionTop:    top(),
		functionLevel:  level(),
		functionCount:  count(),
		functionStage:  stage(l),
		functionAnswer: answer(l),
	}
}

// sets gives the address some sets further.
func sets(address code, number code) code {
	return add(address, multiply(number, getGlobal(globalStride)))
}

// Where the sets of a permit start. top does not look at the first of those it is given: before the grounds, where there
// is none, the limits of level 3, which lower nothing, and the rows that end a duty.
func grounds() code { return sets(getGlobal(globalSets), i32(-1)) }
func limits() code  { return sets(getGlobal(globalSets), i32(groundSets)) }
func duties() code  { return sets(getGlobal(globalSets), i32(groundSets+limitSets)) }
func guards() code  { return sets(getGlobal(globalSets), i32(groundSets+limitSets+dutySets)) }

func hit() function {
	const sets, rows, at = 0, 1, 2
	return function{parameters: 2, returns: true, locals32: 1, body: sequence(
		set(at, getGlobal(globalWords)),
		while(get(at),
			set(at, subtract(get(at), i32(8))),
			when(isZero(isZero64(and64(
				load64(add(get(sets), get(at)), 0),
				load64(add(get(rows), get(at)), 0)))),
				giveBack(i32(1))),
		),
		i32(0),
	)}
}

func top() function {
	const first, index, rows = 0, 1, 2
	return function{parameters: 3, returns: true, body: sequence(
		while(tee(index, subtract(get(index), i32(1))),
			when(call(functionHit, sets(get(first), get(index)), get(rows)),
				giveBack(get(index))),
		),
		i32(0),
	)}
}

func level() function {
	const open, bar, found, ceiling, guard, left = 0, 1, 2, 3, 4, 5
	lower := when(less(get(ceiling), get(found)), set(found, get(ceiling)))
	return function{parameters: 2, returns: true, locals32: left - bar, body: sequence(
		set(found, call(functionTop, grounds(), i32(1+groundSets), get(open))),
		set(ceiling, subtract(i32(limitSets-1), call(functionTop, limits(), i32(limitSets), get(bar)))),
		lower,
		eachGuard(guard, left, when(call(functionHit, get(guard), get(bar)),
			set(ceiling, call(functionTop, get(guard), i32(guardSetCount), get(open))),
			set(ceiling, either(
				subtract(get(ceiling), i32(1)),
				load8(subtract(get(guard), i32(guardSets)), guardLevel),
				get(ceiling))),
			lower,
		)),
		get(found),
	)}
}

// eachGuard does something for each guard of a permit; local guard is the address of its sets.
func eachGuard(guard, left int, body code) code {
	return sequence(
		set(left, load16(tee(guard, guards()), 0)),
		set(guard, add(get(guard), i32(guardsCount+guardSets))),
		while(get(left),
			body,
			set(guard, add(sets(get(guard), i32(guardSetCount)), i32(guardSets))),
			set(left, subtract(get(left), i32(1))),
		),
	)
}

func count() function {
	const sets, at, certain, counting = 0, 1, 2, 3
	return function{parameters: 1, locals32: counting - sets, body: sequence(
		set(at, getGlobal(globalWords)),
		while(get(at),
			set(at, subtract(get(at), i32(8))),
			set(certain, add(getGlobal(globalCertain), get(at))),
			set(counting, add(get(certain), left(getGlobal(globalWords), i32(1)))),
			store64(get(counting), 0, or64(
				load64(get(counting), 0),
				and64(load64(get(certain), 0), load64(add(get(sets), get(at)), 0)))),
		),
	)}
}

func answer(l layout) function {
	const (
		decision, length         = 0, 1
		at, output, entry, given = 2, 3, 4, 5
		stage                    = given // which has served by then
		locals32                 = given - length
	)
	return function{parameters: 2, returns: true, locals32: locals32, body: sequence(
		when(isZero(less(get(decision), i32(l.decisions))),
			giveBack(i32(int(codeUnknownDecision)))),
		set(entry, load32(left(get(decision), i32(2)), headerEntries)),
		when(unequal(get(length), load16(get(entry), entryInputCount)),
			giveBack(i32(int(codeWrongLength)))),

		// The decision's index has served: what is left of its local's life is counting the stages.
		set(decision, load16(get(entry), entryStageCount)),
		while(less(get(at), get(length)),
			set(given, load8(get(at), l.input)),
			when(less(load8(get(entry), entryInputs+inputValues), get(given)),
				giveBack(or(i32(int(codeOutOfRange)), left(get(at), i32(CodeBits))))),
			store64(slot(load16(get(entry), entryInputs+inputSlot)), l.slots, either(
				left64(i64(1), widen(subtract(get(given), i32(1)))),
				right64(i64(-1), widen(subtract(i32(64), load8(get(entry), entryInputs+inputValues)))),
				get(given))),
			set(entry, add(get(entry), i32(inputSize))),
			set(at, add(get(at), i32(1))),
		),
		store64(i32(0), l.output, widen(get(decision))),
		set(output, i32(l.output+OutputStages)),
		set(stage, i32(0)),
		while(get(decision),
			set(output, call(functionStage, tee(stage, add(get(stage), load32(get(entry), entryInputs))), get(output))),
			set(entry, add(get(entry), i32(4))),
			set(decision, subtract(get(decision), i32(1))),
		),
		i32(0),
	)}
}

// slot gives the offset of a slot from the first.
func slot(index code) code { return left(index, i32(3)) }
