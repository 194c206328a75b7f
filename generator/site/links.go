package site

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// CheckLinks looks at every page as a browser would and gives what is wrong with it, sorted: a link or file that leads
// nowhere, an anchor without its place, an id that is there twice, anything fetched from elsewhere, and anything the
// site's policy refuses: styles and scripts within the page.
func CheckLinks(files map[string][]byte) []string {
	c := &linkChecker{files: files, ids: map[string]map[string]bool{}}
	var names []string
	for name := range files {
		if path.Ext(name) == ".html" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	pages := map[string]*html.Node{}
	for _, name := range names {
		root, err := html.Parse(bytes.NewReader(files[name]))
		if err != nil {
			c.fail(name, "cannot be read: %v", err)
			continue
		}
		pages[name] = root
		c.ids[name] = map[string]bool{}
		c.collect(name, root)
	}
	for _, name := range names {
		c.look(name, pages[name])
	}
	slices.Sort(c.problems)
	return slices.Compact(c.problems)
}

type linkChecker struct {
	files    map[string][]byte
	ids      map[string]map[string]bool // by page
	problems []string
}

func (c *linkChecker) fail(page, format string, args ...any) {
	c.problems = append(c.problems, page+": "+fmt.Sprintf(format, args...))
}

// collect finds the ids of a page. What stands in a template is not in the page yet.
func (c *linkChecker) collect(page string, n *html.Node) {
	if n.Type == html.ElementNode && n.Data == "template" {
		return
	}
	if id := attr(n, "id"); id != "" {
		if c.ids[page][id] {
			c.fail(page, "id %q is there twice", id)
		}
		c.ids[page][id] = true
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.collect(page, child)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (c *linkChecker) look(page string, n *html.Node) {
	if n == nil {
		return
	}
	if n.Type == html.ElementNode {
		for _, a := range n.Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				c.fail(page, "<%s> has attribute %s, which the policy refuses", n.Data, a.Key)
			case a.Key == "href" && n.Data == "link" && attr(n, "rel") == "canonical":
			case a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "srcset":
				c.follow(page, n.Data, a.Val)
			case slices.Contains([]string{"aria-labelledby", "aria-describedby", "for"}, a.Key) && !within(n, "template"):
				for _, id := range strings.Fields(a.Val) {
					if !c.ids[page][id] {
						c.fail(page, "%s names id %q, which is not there", a.Key, id)
					}
				}
			}
		}
		if n.Data == "style" || n.Data == "script" && attr(n, "src") == "" {
			c.fail(page, "there is a <%s> within the page, which the policy refuses", n.Data)
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.look(page, child)
	}
}

func within(n *html.Node, name string) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == name {
			return true
		}
	}
	return false
}

func (c *linkChecker) follow(page, element, address string) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		c.fail(page, "%q is no address", address)
		return
	case u.Scheme == "tel" || u.Scheme == "mailto":
		return
	case u.Scheme == "https" && element == "a":
		return // a visitor may leave; nothing is fetched
	case u.Scheme != "" || u.Host != "":
		c.fail(page, "<%s> leads to %s, elsewhere", element, address)
		return
	case strings.HasPrefix(u.Path, "/") && page != "404.html":
		c.fail(page, "%q starts at the root: under another path it leads nowhere", address)
		return
	}
	target := page
	if u.Path != "" {
		target = strings.TrimPrefix(path.Join("/", path.Dir(page), u.Path), "/")
		if strings.HasPrefix(u.Path, "/") {
			target = strings.TrimPrefix(path.Clean(u.Path), "/")
		}
		if strings.HasSuffix(u.Path, "/") || strings.HasSuffix(u.Path, ".") {
			target = path.Join(target, "index.html")
		}
	}
	if _, ok := c.files[target]; !ok {
		c.fail(page, "%q leads to %s, which is not there", address, target)
		return
	}
	// A fragment with "=" carries answers.
	if u.Fragment != "" && !strings.Contains(u.Fragment, "=") && element != "use" && !c.ids[target][u.Fragment] {
		c.fail(page, "%q names a place that %s does not have", address, target)
	}
}
