// Package serve is the preview server: it serves a built site from memory and rebuilds it when its sources change.
//
// In: the files of a site by path ("mag-dit/index.html"), or a function that builds them and the folders it reads. Out:
// answers over HTTP on this machine only, with the headers of package headers, so that a preview behaves as the
// published site does. Only what is in the map can be served: no path of a request ever reaches the disk. A build
// replaces all files at once or none; while the sources hold mistakes the last good site stays, and the browser and the
// terminal show the mistakes.
package serve

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"handvat/generator/headers"
)

// HandlerOptions changes how a site is served, for tests.
type HandlerOptions struct {
	Base            string // the folder of the site on the host: "" or "/" for the root, or such as "/sub/pad/"
	DenyWebAssembly bool   // as in a browser where WebAssembly is switched off
}

// Handler serves the files of a site. It does not change the map and nobody may while it is in use.
func Handler(files map[string][]byte, o HandlerOptions) http.Handler {
	base := "/" + strings.Trim(o.Base, "/")
	if base != "/" {
		base += "/"
	}
	return onlyThisMachine(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest, inside := strings.CutPrefix(r.URL.Path, base)
		for name, values := range headers.For("/" + rest) {
			w.Header()[name] = values
		}
		if o.DenyWebAssembly {
			headers.DenyWebAssembly(w.Header())
		}
		if !inside {
			http.Error(w, "Dit staat buiten de site.", http.StatusNotFound)
			return
		}
		answer(w, r, files, rest)
	}))
}

// answer serves the file for a path below the root of the site.
func answer(w http.ResponseWriter, r *http.Request, files map[string][]byte, rest string) {
	name := rest
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if data, ok := files[name]; ok {
		send(w, http.StatusOK, name, data)
		return
	}
	// The name was looked up in a map, so what is in it cannot lead anywhere; a redirect is only given to a page that is
	// there, by its last part alone, which no browser reads as another host.
	if _, ok := files[name+"/index.html"]; ok {
		to := url.URL{Path: "./" + path.Base(name) + "/", RawQuery: r.URL.RawQuery}
		w.Header().Set("Location", to.String())
		w.WriteHeader(http.StatusTemporaryRedirect)
		return
	}
	if data, ok := files["404.html"]; ok {
		send(w, http.StatusNotFound, "404.html", data)
		return
	}
	http.Error(w, "Deze pagina bestaat niet.", http.StatusNotFound)
}

func send(w http.ResponseWriter, status int, name string, data []byte) {
	w.Header().Set("Content-Type", ContentType(name))
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	w.Write(data) // an answer to HEAD keeps its headers and loses its body in net/http; a visitor who left is no error
}

// contentTypes is a list of our own: that of the machine differs from one machine to the next.
var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".csv":         "text/csv; charset=utf-8",
	".dmn":         "application/xml; charset=utf-8",
	".docx":        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json; charset=utf-8",
	".md":          "text/markdown; charset=utf-8",
	".pdf":         "application/pdf",
	".png":         "image/png",
	".svg":         "image/svg+xml; charset=utf-8",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json; charset=utf-8",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
	".xml":         "application/xml; charset=utf-8",
	".xsd":         "application/xml; charset=utf-8",
	".zip":         "application/zip",
}

// ContentType gives the type of a file by its name; without a known ending a browser may only download it.
func ContentType(name string) string {
	if t, ok := contentTypes[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}

// onlyThisMachine refuses what a preview never needs: changing methods, and names of other hosts. A web page elsewhere
// whose name was made to point at this machine (DNS rebinding) carries its own name in the Host header.
func onlyThisMachine(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) {
			http.Error(w, fmt.Sprintf("Deze voorbeeldserver antwoordt niet voor %q, alleen voor localhost.", r.Host), http.StatusMisdirectedRequest)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "De site wordt alleen gelezen.", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopback tells whether a host, with or without a port, is this machine itself.
func loopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}
