import binaryen from "binaryen";

/** The module, changed so that each of its calls with text of that length stops at once as a defect would. */
export function withTraps(bytes, length) {
  const module = binaryen.readBinary(bytes);
  const { MutableGlobals, NontrappingFPToInt, SignExt, BulkMemory, BulkMemoryOpt, ReferenceTypes, Multivalue } = binaryen.Features;
  module.setFeatures(MutableGlobals | NontrappingFPToInt | SignExt | BulkMemory | BulkMemoryOpt | ReferenceTypes | Multivalue);
  const { i32 } = binaryen;
  // The text's length is the last parameter of all of them.
  for (const name of ["call", "book_apply", "book_ask", "engine_call"]) {
    const inside = binaryen.getExportInfo(module.getExport(name)).value;
    const { params, results } = binaryen.getFunctionInfo(module.getFunction(inside));
    const types = binaryen.expandType(params);
    const given = types.map((type, index) => module.local.get(index, type));
    const asked = module.i32.eq(module.local.get(types.length - 1, i32), module.i32.const(length));
    const body = module.block(null, [module.if(asked, module.unreachable()), module.call(inside, given, results)], results);
    module.addFunction(`trap ${name}`, params, results, [], body);
    module.removeExport(name);
    module.addFunctionExport(`trap ${name}`, name);
  }
  return module.emitBinary();
}
