// Package browser looks at the built site in a real browser. It holds tests only.
//
// In: the files of a site. Out: pages in Chromium that a test opens, types on and reads, at a chosen size, in light or
// dark, with or without JavaScript or WebAssembly. The files are served with the headers of the published site. Every
// page is watched from its first byte to its last: a message on the console, an exception, a violation of the policy, a
// request to anywhere outside the site, a cookie or anything stored fails the test, whatever else the test looks at.
//
// One browser process serves all tests; every page has a profile of its own, so no page sees what another left. The main
// paths are walked in Firefox too, by the same visitors. A machine without these browsers fails the tests: a test that is
// passed over proves nothing.
//
// What the pages are made of, as built and as scripts make it, is held against the HTML standard by the Nu HTML checker.
package browser
