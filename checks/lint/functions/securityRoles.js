// A security requirement names a declared scheme and, for a scheme without flows, roles out of the ones we have.
// OpenAPI 3.1 allows roles there ("For other security scheme types, the array MAY contain a list of role names").
export default function securityRoles(requirement, { roles }, { document, path }) {
  const schemes = document.data.components?.securitySchemes ?? {};
  const problems = [];
  for (const [name, asked] of Object.entries(requirement)) {
    if (!(name in schemes)) problems.push({ message: `there is no security scheme "${name}"`, path: [...path, name] });
    asked.forEach((role, index) => {
      if (!roles.includes(role)) problems.push({ message: `"${role}" is not a scope of ours`, path: [...path, name, index] });
    });
  }
  return problems;
}
