//! The files of a crate must not depend on each other in circles, so that each can be understood with its
//! dependencies alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

/// A module, as its path in the crate. The crate itself is the empty list.
type Module = Vec<String>;

/// Finds the modules of a crate that have a file, each with the modules that its code names.
fn modules(folder: &Path, module: &Module, found: &mut BTreeMap<Module, Vec<Module>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let inner = |name: &str| [module.clone(), vec![name.to_owned()]].concat();
        if path.is_dir() {
            modules(&path, &inner(name), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "tests" {
            let module = match name {
                "lib" | "main" | "mod" => module.clone(),
                _ => inner(name),
            };
            let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            let mut named = Named {
                module: &module,
                paths: Vec::new(),
            };
            named.visit_file(&file);
            let paths = named.paths;
            found.entry(module).or_default().extend(paths);
        }
    }
}

/// Collects the paths that a file names, from the crate on.
struct Named<'m> {
    module: &'m Module,
    paths: Vec<Module>,
}

impl Named<'_> {
    fn add(&mut self, path: &[String]) {
        let [first, rest @ ..] = path else { return };
        let start = match first.as_str() {
            "crate" => &[][..],
            "super" => &self.module[..self.module.len().saturating_sub(1)],
            "self" => self.module,
            // A module below this one, or an item of another crate, which is not found later.
            _ => return self.paths.push([&self.module[..], path].concat()),
        };
        self.paths.push([start, rest].concat());
    }

    fn add_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.add_tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.add(&with(&name.ident)),
            syn::UseTree::Rename(name) => self.add(&with(&name.ident)),
            syn::UseTree::Glob(_) => self.add(before),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_tree(before, tree);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Named<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        self.add(&names);
        visit::visit_path(self, path);
    }

    // `pub(super)` is not a dependency.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        // Tests may use any module.
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }
}

/// The dependencies of each module. A module that only declares those below it does not depend on them.
fn needs(crate_folder: &Path) -> BTreeMap<Module, BTreeSet<Module>> {
    let mut found = BTreeMap::new();
    modules(crate_folder, &Module::new(), &mut found);
    let file_of = |path: &Module| {
        let mut path = path.clone();
        while !found.contains_key(&path) {
            path.pop();
        }
        path
    };
    found
        .iter()
        .map(|(module, paths)| {
            let mut needed: BTreeSet<_> = paths.iter().map(file_of).collect();
            needed.remove(module);
            (module.clone(), needed)
        })
        .collect()
}

/// All direct and indirect dependencies of a module.
fn reached(needs: &BTreeMap<Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<Module> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        open.extend(
            needs[module]
                .iter()
                .filter(|&next| reached.insert(next.clone())),
        );
    }
    reached
}

#[test]
fn no_file_needs_itself_through_others() {
    for folder in ["src", "proxy/src", "bulk/src", "sandbox/src", "xtask/src"] {
        let needs = needs(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        assert!(
            needs.values().map(BTreeSet::len).sum::<usize>() > 5,
            "{folder}"
        );
        let circles: Vec<_> = needs
            .keys()
            .filter(|module| reached(&needs, module).contains(*module))
            .map(|module| module.join("::"))
            .collect();
        assert!(circles.is_empty(), "{folder} has a circle in {circles:?}");
    }
}
