package wasm

// The functions of a module, by index. They do what answer.go of package tables does, on the tables in memory. Rows are
// the address of a set of rows in the output, a table that of what each row gives: a number below 64.
const (
	functionGives  = iota // (table, rows, counted): what the rows give together, as bits; see gives
	functionLevel         // (guards, open, bar, opening, barring): an outcome; see level
	functionStage         // (stage, output): runs it, and gives the address behind its output
	functionAnswer        // (decision, length)
)

func evaluator(l layout) []function {
	return []function{
		functionGives:  gives(l),
		functionLevel:  level(l),
		functionStage:  stage(l),
		functionAnswer: answer(l),
	}
}

// gives makes what rows give together, as bits; of the rows that give something counted it makes counting ones. Where something
// is counted it runs on the certain rows: the rows that count stand two sets behind these.
func gives(l layout) function {
	const table, rows, counted, later, word, bit, all = 0, 1, 2, 3, 4, 5, 6
	counting := add(get(rows), left(l.words(), i32(1)))
	return function{parameters: 3, returns: typeI64, locals32: later - counted, locals64: all - later, body: sequence(
		l.eachWord(later, sequence(
			set(word, load64(get(rows), 0)),
			while(isZero(isZero64(get(word))),
				set(all, or64(get(all), tee(bit, left64(i64(1), widen(load8(add(get(table), narrow(trailing64(get(word)))), 0)))))),
				when(and(narrow(get(bit)), get(counted)), store64(counting, 0, or64(
					load64(counting, 0),
					and64(get(word), subtract64(i64(0), get(word)))))),
				set(word, and64(get(word), subtract64(get(word), i64(1)))),
			),
		), sequence(advance(table, i32(64)), advance(rows, i32(8)))),
		get(all),
	)}
}

// words is the bytes of a set of rows in the output, once setWords has run for the stage.
func (l layout) words() code {
	if !l.wide {
		return i32(8)
	}
	return getGlobal(globalWords)
}

func (l layout) setWords() code {
	if !l.wide {
		return nil
	}
	return setGlobal(globalWords, left(right(add(getGlobal(globalRows), i32(63)), i32(6)), i32(3)))
}

// eachWord does something for each word of a set of rows in the output, and moves on; left is a local. Where every set is
// one word it is done once.
func (l layout) eachWord(left int, body, moveOn code) code {
	if !l.wide {
		return body
	}
	return sequence(
		set(left, getGlobal(globalWords)),
		while(get(left),
			body,
			moveOn,
			set(left, subtract(get(left), i32(8))),
		),
	)
}

// advance moves an address on.
func advance(local int, by code) code { return set(local, add(get(local), by)) }

// acts is what the rows of a permit give, or do for one of its guards: numbers below 32.
func acts(table, rows code) code { return narrow(call(functionGives, table, rows, i32(0))) }

// level makes the outcome where grounds and exceptions in open apply, and limits in bar; opening and barring are what those give.
func level(l layout) function {
	const guard, open, bar, opening, barring, found, ceiling, left = 0, 1, 2, 3, 4, 5, 6, 7
	lower := when(less(get(ceiling), get(found)), set(found, get(ceiling)))
	return function{parameters: 5, returns: typeI32, locals32: left - barring, body: sequence(
		set(found, subtract(i32(8), right(leading(and(get(opening), i32(actsGrounds))), i32(2)))),
		set(ceiling, right(leading(and(get(barring), i32(actsLimits))), i32(2))),
		lower,
		l.eachGuard(guard, left, when(and(acts(get(guard), get(bar)), i32(guardsLimit)),
			set(ceiling, and(acts(get(guard), get(open)), i32(guardsExceptions))),
			set(ceiling, either(
				subtract(i32(31), leading(get(ceiling))),
				load8(subtract(get(guard), i32(guardLevel)), 0),
				get(ceiling))),
			lower,
		)),
		get(found),
	)}
}

// eachGuard does something for each guard of a permit. Local guard is the address of all guards; meanwhile it is that of
// what the rows do for each.
func (l layout) eachGuard(guard, left int, body code) code {
	if !l.guarded {
		return nil
	}
	return sequence(
		set(left, load16(get(guard), 0)),
		set(guard, add(get(guard), i32(guardsCount+guardLevel))),
		while(get(left),
			body,
			set(guard, add(add(get(guard), getGlobal(globalRows)), i32(guardLevel))),
			set(left, subtract(get(left), i32(1))),
		),
	)
}

func answer(l layout) function {
	const (
		decision, length         = 0, 1
		at, output, entry, given = 2, 3, 4, 5
		stage                    = given // which has served by then
		locals32                 = given - length
	)
	return function{parameters: 2, returns: typeI32, locals32: locals32, body: sequence(
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
