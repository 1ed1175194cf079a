package dev.ferrule.cdi.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** What a {@code beans.xml} says about discovery (CDI 4.1 §15.6). */
final class BeansXml {
    /** An empty file: annotated discovery, nothing excluded. */
    static final BeansXml EMPTY = new BeansXml(false, List.of());

    private final boolean none;
    private final List<Exclude> excludes;

    private BeansXml(boolean none, List<Exclude> excludes) {
        this.none = none;
        this.excludes = excludes;
    }

    /** A class filter: applies when every condition does. */
    private record Exclude(String pattern, List<Predicate<ClassLoader>> conditions) {
        boolean matches(String className, ClassLoader loader) {
            return matches(className) && conditions.stream().allMatch(condition -> condition.test(loader));
        }

        private boolean matches(String className) {
            if (pattern.endsWith(".**")) {
                return className.startsWith(pattern.substring(0, pattern.length() - 2));
            }
            if (pattern.endsWith(".*")) {
                String prefix = pattern.substring(0, pattern.length() - 1);
                return className.startsWith(prefix) && className.indexOf('.', prefix.length()) < 0;
            }
            return className.equals(pattern);
        }
    }

    /** Reads a file. One that is empty or no XML is as good as an empty one: the CDI container reports it better. */
    static BeansXml read(InputStream stream) throws IOException {
        byte[] bytes = stream.readAllBytes();
        if (bytes.length == 0) {
            return EMPTY;
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Without a handler the JDK prints what is wrong to standard error.
            builder.setErrorHandler(new DefaultHandler());
            Element root =
                    builder.parse(new java.io.ByteArrayInputStream(bytes)).getDocumentElement();
            return new BeansXml(root.getAttribute("bean-discovery-mode").equals("none"), excludes(root));
        } catch (SAXException | ParserConfigurationException malformed) {
            return EMPTY;
        }
    }

    private static List<Exclude> excludes(Element root) {
        List<Exclude> excludes = new ArrayList<>();
        for (Element exclude : children(root, "exclude")) {
            List<Predicate<ClassLoader>> conditions = new ArrayList<>();
            for (Element available : children(exclude, "if-class-available")) {
                conditions.add(loader -> isAvailable(available.getAttribute("name"), loader));
            }
            for (Element missing : children(exclude, "if-class-not-available")) {
                conditions.add(loader -> !isAvailable(missing.getAttribute("name"), loader));
            }
            for (Element property : children(exclude, "if-system-property")) {
                conditions.add(loader -> isSet(property));
            }
            excludes.add(new Exclude(exclude.getAttribute("name"), conditions));
        }
        return excludes;
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static boolean isAvailable(String className, ClassLoader loader) {
        return loader.getResource(className.replace('.', '/') + ".class") != null;
    }

    private static boolean isSet(Element property) {
        String value = System.getProperty(property.getAttribute("name"));
        return value != null && (!property.hasAttribute("value") || value.equals(property.getAttribute("value")));
    }

    /** Whether the archive has no beans at all. */
    boolean isNone() {
        return none;
    }

    /** Whether a class filter takes the class out of the archive. */
    boolean excludes(String className, ClassLoader loader) {
        return excludes.stream().anyMatch(exclude -> exclude.matches(className, loader));
    }
}
