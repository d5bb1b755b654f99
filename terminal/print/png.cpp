// The screen as a picture: glyphs of DejaVu Sans Mono by FreeType, written by libpng.
#include "terminal/model/cell_character.h"
#include "terminal/print/print.h"
#include "terminal/print/style.h"

#include <array>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <png.h>

namespace terminal::print {
namespace {

constexpr u32 cell_width = 10, cell_height = 20, baseline = 15, font_size = 16, margin = 6;

// Debian's fonts-dejavu-core; elsewhere the same names in another folder.
constexpr std::array<const char*, 3> folders{"/usr/share/fonts/truetype/dejavu/",
                                             "/usr/share/fonts/TTF/",
                                             "/usr/share/fonts/dejavu-sans-mono-fonts/"};

class Font {
  public:
    Font() { good_ = FT_Init_FreeType(&library_) == 0; }
    ~Font() {
        if (face_ != nullptr) FT_Done_Face(face_);
        if (good_) FT_Done_FreeType(library_);
    }
    Font(const Font&) = delete;
    Font& operator=(const Font&) = delete;
    bool open(const char* name) {
        for (const char* folder : folders) {
            if (!good_ ||
                FT_New_Face(library_, (std::string(folder) + name).c_str(), 0, &face_) != 0)
                continue;
            FT_Set_Pixel_Sizes(face_, 0, font_size);
            return true;
        }
        return false;
    }
    // nullptr: it has no such character.
    FT_GlyphSlot glyph(char32_t character) {
        return FT_Load_Char(face_, character, FT_LOAD_RENDER) == 0 ? face_->glyph : nullptr;
    }

  private:
    FT_Library library_ = nullptr;
    FT_Face face_ = nullptr;
    bool good_;
};

class Picture {
  public:
    Picture(u32 width, u32 height)
        : width_(width), height_(height), pixels_(3ul * width * height) {}
    void fill(u32 x, u32 y, u32 width, u32 height, const Colour& colour) {
        for (u32 row = 0; row < height; ++row)
            for (u32 column = 0; column < width; ++column) blend(x + column, y + row, colour, 255);
    }
    void blend(u32 x, u32 y, const Colour& colour, u32 weight) {
        if (x >= width_ || y >= height_) return;
        u8* const pixel = &pixels_[3ul * (y * width_ + x)];
        std::array<u8, 3> const to{colour.red, colour.green, colour.blue};
        for (u32 i = 0; i < 3; ++i)
            pixel[i] = static_cast<u8>((pixel[i] * (255 - weight) + to[i] * weight) / 255);
    }
    std::string png() const {
        std::string out;
        png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
        png_infop info = png_create_info_struct(png);
        png_set_write_fn(png, &out, append, nullptr);
        png_set_IHDR(png, info, width_, height_, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        png_write_info(png, info);
        for (u32 y = 0; y < height_; ++y) png_write_row(png, &pixels_[3ul * y * width_]);
        png_write_end(png, info);
        png_destroy_write_struct(&png, &info);
        return out;
    }

  private:
    static void append(png_structp png, png_bytep data, png_size_t length) {
        auto* const out = static_cast<std::string*>(png_get_io_ptr(png));
        out->append(reinterpret_cast<const char*>(data), length);
    }
    u32 width_, height_;
    std::vector<u8> pixels_;
};

char32_t character_at(const Session& session, u32 position) {
    Cell const& cell = session.screen().at(position);
    if (hidden(session.screen(), position)) return U' ';
    return shown_of(cell, session.codepage());
}

void draw(Picture& picture, Font& font, char32_t character, u32 x, u32 y, const Style& style) {
    picture.fill(x, y, cell_width, cell_height, colour(style.background));
    Colour const& ink = colour(style.foreground);
    if (style.underscore) picture.fill(x, y + baseline + 2, cell_width, 1, ink);
    FT_GlyphSlot const glyph = character == U' ' ? nullptr : font.glyph(character);
    if (glyph == nullptr) return;
    FT_Bitmap const& bitmap = glyph->bitmap;
    for (u32 row = 0; row < bitmap.rows; ++row)
        for (u32 column = 0; column < bitmap.width; ++column) {
            i32 const at_x = static_cast<i32>(x + column) + glyph->bitmap_left;
            i32 const at_y = static_cast<i32>(y + baseline + row) - glyph->bitmap_top;
            u8 const weight =
                bitmap.buffer[static_cast<i32>(row) * bitmap.pitch + static_cast<i32>(column)];
            if (at_x >= 0 && at_y >= 0)
                picture.blend(static_cast<u32>(at_x), static_cast<u32>(at_y), ink, weight);
        }
}

} // namespace

std::string png_of(const Session& session, std::string& error) {
    Font normal, bold;
    if (!normal.open("DejaVuSansMono.ttf") || !bold.open("DejaVuSansMono-Bold.ttf")) {
        error = "the font DejaVu Sans Mono is not installed";
        return {};
    }
    Screen const& screen = session.screen();
    Size const size = screen.size();
    Picture picture(size.columns * cell_width + 2 * margin, size.rows * cell_height + 2 * margin);
    for (u32 at = 0; at < size.cells(); ++at) {
        Style const style = style_of(session, at);
        draw(picture, style.bold ? bold : normal, character_at(session, at),
             margin + at % size.columns * cell_width, margin + at / size.columns * cell_height,
             style);
    }
    return picture.png();
}

} // namespace terminal::print
