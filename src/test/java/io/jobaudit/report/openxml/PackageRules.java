package io.jobaudit.report.openxml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** The parts of a workbook: their types and relationships. */
final class PackageRules {

	private static final String TYPES = "[Content_Types].xml";

	private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

	private final Parts parts;

	private final Faults faults;

	PackageRules(Parts parts, Faults faults) {
		this.parts = parts;
		this.faults = faults;
	}

	void check() {
		checkTypes();
		Set<String> reached = new HashSet<>(Set.of(TYPES));
		for (String part : this.parts.names()) {
			if (part.endsWith(".rels")) {
				checkTargets(part, reached);
			}
			else {
				checkUses(part);
			}
		}
		this.parts.names()
			.stream()
			.filter((part) -> !part.endsWith(".rels") && !reached.contains(part))
			.forEach((part) -> this.faults.add(part, "is a part that nothing leads to"));
	}

	private void checkTypes() {
		Map<String, String> types = new HashMap<>();
		this.parts.root(TYPES).ifPresent((root) -> {
			for (Element override : Xml.children(root, "Override")) {
				String part = override.getAttribute("PartName").substring(1);
				this.faults.require(this.parts.names().contains(part), TYPES, "names the part %s that is not there",
						part);
				this.faults.require(types.put(part, override.getAttribute("ContentType")) == null, TYPES,
						"names %s twice", part);
			}
		});
		for (String part : this.parts.names()) {
			boolean isTyped = part.equals(TYPES) || part.endsWith(".rels") || types.containsKey(part);
			this.faults.require(isTyped, TYPES, "has no type of %s", part);
		}
	}

	private void checkTargets(String part, Set<String> reached) {
		String source = part.replace("_rels/", "").replaceAll("\\.rels$", "");
		this.faults.require(source.isEmpty() || this.parts.names().contains(source), part,
				"has relationships of a part that is not there");
		Set<String> ids = new HashSet<>();
		this.parts.root(part).ifPresent((root) -> {
			for (Element relationship : Xml.children(root, "Relationship")) {
				String id = relationship.getAttribute("Id");
				this.faults.require(ids.add(id), part, "has the id %s twice", id);
				this.faults.require(!relationship.getAttribute("TargetMode").equals("External"), part,
						"%s leads out of the workbook", id);
				String target = Parts.resolve(source, relationship.getAttribute("Target"));
				this.faults.require(this.parts.names().contains(target), part, "%s leads to %s that is not there", id,
						target);
				reached.add(target);
			}
		});
	}

	/** Each relationship that a part uses must be its own. */
	private void checkUses(String part) {
		Set<String> ids = this.parts.relationships(part).keySet();
		this.parts.root(part).ifPresent((root) -> {
			for (Element element : Xml.all(root, "*")) {
				NamedNodeMap attributes = element.getAttributes();
				for (int index = 0; index < attributes.getLength(); index++) {
					Attr attribute = (Attr) attributes.item(index);
					if (RELATIONSHIPS.equals(attribute.getNamespaceURI())) {
						this.faults.require(ids.contains(attribute.getValue()), part,
								"uses the relationship %s that it has not", attribute.getValue());
					}
				}
			}
		});
	}

}
