// Package wuzhang carries the rules of the Five-Ledger Method of grassroots visits (走基层“五账法”):
// commands go in, and events, findings and duties come out. It stands on the C library and answers
// byte for byte like every other face of wuzhang.
//
//   - [Policy] is the rules, read once.
//   - [Engine] judges one case at a time and keeps nothing. Goroutines may share it.
//   - [Book] is an engine with its journal: it remembers, so it also judges what one case cannot
//     show, and answers ledgers, duties and rates.
//
// Requests and answers are JSON text ([Book.Call], [Engine.Call], [Call]); methods such as
// [Book.Duties] write the request and decode the answer, and hold no logic of their own.
//
// # Errors
//
// What the rules refuse is an answer, not an error: [Outcome] with Accepted false and its findings.
// An error is an [*Error] with a [Status], or [ErrClosed]. Compare with errors.Is and [ErrBusy],
// [ErrInvalid] and their like.
//
// # Goroutines
//
// Any number of goroutines may read one book, or use one engine, at a time. A book that is being
// changed has one user: whoever comes meanwhile gets [ErrBusy] at once; nothing waits and nothing
// is done. Close may be called at any time, from anywhere, and more than once. It ends no call that
// is under way; the last of these frees the memory.
//
// # Building
//
// The package finds the library through pkg-config (PKG_CONFIG_PATH). It links the shared library,
// or, with the build tag wuzhang_static, the static one.
package wuzhang

//go:generate go run ./internal/generate ../../ffi/include/wuzhang.h codes.go
