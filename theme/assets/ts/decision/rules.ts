// The rules of a decision in words: the page that a visitor reads is also where the scripts find what a rule says.

/** Fetches the page with the rules; its links lead to where they lead there. It fails where the page is not there, or where
 * it is of another module than that at the address given: the numbers of its rules would be others. */
export function fetchRules(address: string, module: string): Promise<Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "document"; // read as a page, but with nothing in it that runs
    request.onloadend = () => {
      const page = request.response as Document | null;
      if (page?.querySelector<HTMLLinkElement>("link[data-module]")?.href !== module) return reject(new TypeError(address));
      for (const link of page.links) link.href = link.href;
      resolve(page);
    };
    request.open("GET", address);
    request.send();
  });
}
