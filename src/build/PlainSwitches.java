/// Rewrites pattern switches in compiled classes: instead of asking the Java runtime to spin a class
/// for each switch at its first use, which no AOT cache holds, each calls a plain method with the
/// same `instanceof` tests. The sources keep their sealed types and exhaustive switches.
/// docs/performance.md has the figures.
///
/// Usage: `java -cp CLASSES:LIBRARIES PlainSwitches.java CLASSES`
///
/// Only switches whose labels are all types are touched, which is every one in this project;
/// running it twice changes nothing more.

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;

static final MethodTypeDesc SHAPE = MethodTypeDesc.of(CD_int, CD_Object, CD_int);

/// One switch: the name of its method and its labels in order.
record Switch(String name, List<ClassDesc> labels) {}

void main(String[] args) throws Exception {
  try (var files = Files.walk(Path.of(args[0], "dev"))) {
    for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
      byte[] before = Files.readAllBytes(file);
      Optional<byte[]> after = rewritten(before);
      if (after.isPresent()) {
        Files.write(file, after.get());
      }
    }
  }
}

Optional<byte[]> rewritten(byte[] bytes) {
  // New stack maps need to know what is an interface and what extends what.
  var hierarchy =
      ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
          .orElse(ClassHierarchyResolver.defaultResolver());
  var files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
  ClassModel model = files.parse(bytes);
  var switches = new ArrayList<Switch>();
  CodeTransform calls =
      (code, element) -> {
        Optional<List<ClassDesc>> labels =
            element instanceof InvokeDynamicInstruction call ? labels(call) : Optional.empty();
        if (labels.isPresent()) {
          var one = new Switch("typeOf$" + switches.size(), labels.get());
          switches.add(one);
          code.invokestatic(model.thisClass().asSymbol(), one.name, SHAPE, isInterface(model));
        } else {
          code.with(element);
        }
      };
  ClassTransform transform =
      ClassTransform.transformingMethodBodies(method -> method.code().isPresent(), calls)
          .andThen(
              ClassTransform.endHandler(
                  builder ->
                      switches.forEach(
                          one ->
                              builder.withMethodBody(
                                  one.name,
                                  SHAPE,
                                  ClassFile.ACC_PRIVATE
                                      | ClassFile.ACC_STATIC
                                      | ClassFile.ACC_SYNTHETIC,
                                  code -> tests(code, one.labels)))));
  byte[] after = files.transformClass(model, transform);
  return switches.isEmpty() ? Optional.empty() : Optional.of(after);
}

boolean isInterface(ClassModel model) {
  return (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
}

/// The labels, if this is a switch over types alone.
Optional<List<ClassDesc>> labels(InvokeDynamicInstruction call) {
  var bootstrap = call.bootstrapMethod();
  if (!bootstrap.owner().displayName().equals("SwitchBootstraps")
      || !bootstrap.methodName().equals("typeSwitch")) {
    return Optional.empty();
  }
  var labels = new ArrayList<ClassDesc>();
  for (ConstantDesc label : call.bootstrapArgs()) {
    if (!(label instanceof ClassDesc type)) {
      return Optional.empty();
    }
    labels.add(type);
  }
  return Optional.of(labels);
}

/// What SwitchBootstraps.typeSwitch promises: -1 for null, else the first label from `restart` on
/// that the value is of, else the number of labels.
void tests(CodeBuilder code, List<ClassDesc> labels) {
  var present = code.newLabel();
  code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
  for (int i = 0; i < labels.size(); i++) {
    var next = code.newLabel();
    code.iload(1).loadConstant(i).if_icmpgt(next);
    code.aload(0).instanceOf(labels.get(i)).ifeq(next).loadConstant(i).ireturn().labelBinding(next);
  }
  code.loadConstant(labels.size()).ireturn();
}
