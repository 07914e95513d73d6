package wuzhang

import (
	"fmt"
	"sync"
)

var abi struct {
	once sync.Once
	err  error
}

// ready says, before the first handle is made, whether the library that was loaded is one that this
// package can speak to.
func ready() error {
	abi.once.Do(func() {
		if status := cABICheck(); status != StatusOK {
			abi.err = &Error{Status: StatusABI, detail: fmt.Sprintf(
				"libwuzhang %s was loaded, which does not speak ABI %d", cVersion(), ABI)}
		}
	})
	return abi.err
}

// Version is the version of the library that was loaded, such as "0.1.0".
func Version() string { return cVersion() }

// Call answers a request that needs neither engine nor book: version, presets, preset, codes,
// rules, explain, schema, schemas, verify, check. The answer is {"ok":…}.
func Call(request string) (string, error) {
	if err := ready(); err != nil {
		return "", err
	}
	return said(cCall(request))
}

// said is an answer that either is one or says what is wrong.
func said(a answer[string]) (string, error) {
	if a.status != StatusOK {
		return "", failure(a.status, a.refused)
	}
	return a.out, nil
}

// A Policy is the rules, read from a document. Goroutines may share it.
type Policy struct{ handle *handle }

// NewPolicy reads a policy: a preset's name, such as "dayi-2014", or a JSON document.
func NewPolicy(policy string) (*Policy, error) {
	if err := ready(); err != nil {
		return nil, err
	}
	a := cPolicy(policy)
	if a.status != StatusOK {
		return nil, failure(a.status, a.refused)
	}
	return &Policy{own(a.handle, cPolicyFree)}, nil
}

// Close frees the policy; what was made with it stays. It always returns nil.
func (p *Policy) Close() error {
	if p != nil {
		p.handle.close()
	}
	return nil
}

func (p *Policy) held() *handle {
	if p == nil {
		return nil
	}
	return p.handle
}

// An Engine is a policy and a roster. It judges one case at a time and keeps nothing. Goroutines may
// share it.
type Engine struct{ handle *handle }

// NewEngine makes an engine of a policy and a roster document.
func NewEngine(policy *Policy, roster string) (*Engine, error) {
	of, err := policy.held().enter()
	if err != nil {
		return nil, err
	}
	defer policy.handle.leave()
	a := cEngine(of, roster)
	if a.status != StatusOK {
		return nil, failure(a.status, a.refused)
	}
	return &Engine{own(a.handle, cEngineFree)}, nil
}

// Call answers a request about one case: apply, actions, duties_of. The answer is {"ok":…}.
func (e *Engine) Call(request string) (string, error) {
	engine, err := e.held().enter()
	if err != nil {
		return "", err
	}
	defer e.handle.leave()
	return said(cEngineCall(engine, request))
}

// Close frees the engine. It always returns nil.
func (e *Engine) Close() error {
	if e != nil {
		e.handle.close()
	}
	return nil
}

func (e *Engine) held() *handle {
	if e == nil {
		return nil
	}
	return e.handle
}
