//go:build wuzhang_static

package wuzhang

// The archive is named by its file, since -lwuzhang would take the shared library where both
// are installed; the -lwuzhang of pkg-config then finds nothing left to do.

// #cgo LDFLAGS: -Wl,--as-needed -l:libwuzhang.a
// #cgo pkg-config: --static wuzhang
import "C"
