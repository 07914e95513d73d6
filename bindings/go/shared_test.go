//go:build !wuzhang_static

package wuzhang_test

const static = false
