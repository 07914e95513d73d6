//go:build !wuzhang_static

package wuzhang

// #cgo pkg-config: wuzhang
import "C"
