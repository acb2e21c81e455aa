package io.jobaudit.report.openxml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The parts of a workbook by their names, without a slash at the front.
 *
 * @param names all parts
 * @param roots root elements of those that are XML
 */
record Parts(Set<String> names, Map<String, Element> roots) {

	private static final Pattern REFERENCE = Pattern.compile("&#(x?)([0-9A-Fa-f]{1,7});");

	static Parts read(Path xlsx, Faults faults) throws IOException {
		Map<String, Element> roots = new LinkedHashMap<>();
		Set<String> names = new LinkedHashSet<>();
		try (ZipFile zip = new ZipFile(xlsx.toFile())) {
			for (ZipEntry entry : Collections.list(zip.entries())) {
				String name = entry.getName();
				faults.require(names.add(name), name, "is there twice");
				if (name.endsWith(".xml") || name.endsWith(".rels")) {
					try (InputStream in = zip.getInputStream(entry)) {
						parse(name, in.readAllBytes(), faults).ifPresent((root) -> roots.put(name, root));
					}
				}
			}
		}
		return new Parts(names, roots);
	}

	Optional<Element> root(String name) {
		return Optional.ofNullable(this.roots.get(name));
	}

	/** Targets of a part's relationships by their ids. */
	Map<String, String> relationships(String part) {
		Map<String, String> targets = new TreeMap<>();
		root(relationshipsOf(part)).ifPresent((root) -> Xml.children(root, "Relationship")
			.forEach((relationship) -> targets.put(relationship.getAttribute("Id"),
					resolve(part, relationship.getAttribute("Target")))));
		return targets;
	}

	static String relationshipsOf(String part) {
		int slash = part.lastIndexOf('/') + 1;
		return part.substring(0, slash) + "_rels/" + part.substring(slash) + ".rels";
	}

	/** Name of the part that a target in another part refers to. */
	static String resolve(String part, String target) {
		Path directory = Path.of("/" + part.substring(0, part.lastIndexOf('/') + 1));
		return directory.resolve(target).normalize().toString().substring(1);
	}

	private static Optional<Element> parse(String name, byte[] bytes, Faults faults) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			refuseCharacters(name, text, faults);
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			DocumentBuilder builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			try (InputStream in = new ByteArrayInputStream(bytes)) {
				return Optional.of(builder.parse(in).getDocumentElement());
			}
		}
		catch (CharacterCodingException ex) {
			faults.add(name, "is not UTF-8");
		}
		catch (SAXException ex) {
			faults.add(name, "is not well-formed: %s", ex.getMessage());
		}
		catch (IOException | ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
		return Optional.empty();
	}

	private static void refuseCharacters(String name, String text, Faults faults) {
		text.codePoints()
			.filter((character) -> !isAllowed(character))
			.findFirst()
			.ifPresent((character) -> faults.add(name, "has the character U+%04X that XML refuses", character));
		Matcher reference = REFERENCE.matcher(text);
		while (reference.find()) {
			int character = Integer.parseInt(reference.group(2), reference.group(1).isEmpty() ? 10 : 16);
			faults.require(isAllowed(character), name, "has the character U+%04X that XML refuses", character);
		}
	}

	private static boolean isAllowed(int character) {
		return (character >= ' ' || character == '\t' || character == '\n' || character == '\r')
				&& (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) && character != 0xFFFE
				&& character != 0xFFFF;
	}

}
