//go:build !wuzhang_static

package native

// #cgo pkg-config: wuzhang
import "C"
