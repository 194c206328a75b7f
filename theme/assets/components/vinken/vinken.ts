// Lists that can be ticked off: begin again, print, and keep the ticks on this device when the visitor asks for it.
// What is kept are the ticked lines themselves, under the path of the page; nothing of it is sent anywhere.

/** tick gives a list its tools: the part of the page behind it that was hidden until now. */
export function tick(tools: HTMLElement): void {
	const boxes = [...tools.parentElement!.querySelectorAll<HTMLInputElement>(".vinken input")];
	const words = (box: HTMLInputElement) => box.nextElementSibling!.textContent!;
	const key = "vinkjes " + location.pathname;
	const keeper = tools.querySelector("input")!;
	const save = () => {
		const ticked = boxes.filter((box) => box.checked).map(words);
		if (keeper.checked) localStorage.setItem(key, JSON.stringify(ticked));
		else localStorage.removeItem(key);
	};
	const [again, print] = tools.querySelectorAll("button");
	again.onclick = () => {
		for (const box of boxes) box.checked = false;
		save();
		boxes[0].focus();
	};
	print.onclick = () => window.print();
	tools.parentElement!.addEventListener("change", () => {
		try {
			save();
		} catch {
			keeper.checked = false; // the browser keeps nothing for this site
		}
	});
	try {
		const kept = localStorage.getItem(key);
		if (kept) {
			const ticked: string[] = JSON.parse(kept);
			keeper.checked = true;
			for (const box of boxes) box.checked = ticked.includes(words(box));
		}
	} catch {
		// the browser keeps nothing for this site, or something else wrote there
	}
	tools.hidden = false;
}
