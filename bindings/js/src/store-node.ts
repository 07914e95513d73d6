// The same for Node, where the module is read by itself.
import "./provide.js";
export * from "./store.js";
