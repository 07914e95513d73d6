//go:build wuzhang_static

package native

// #cgo LDFLAGS: -Wl,--as-needed -l:libwuzhang.a
// #cgo pkg-config: --static wuzhang
import "C"
